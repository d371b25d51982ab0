<?php
// Updates a task with a body that SimpleXML writes, and prints the answer:
//
//     php update.php <URL of the task> <enabled: true, false or text>
//
// "false" assigns PHP's false, which SimpleXML writes as an empty element; "text" assigns the word. The variable TOKEN
// holds the access token.

[, $url, $enabled] = $argv;

$update = new SimpleXMLElement('<AccountTaskUpdateRequest/>');
$update->Enabled = ['true' => true, 'false' => false, 'text' => 'false'][$enabled];
$update->TaskID = '7798c127-7f74-40c6-9bd4-caf4be84ca89';
$update->Frequency = 'WEEKLY';
$update->StartDate = (new DateTimeImmutable('2026-07-01 09:30:00'))->format(DATE_ATOM);
$update->Parameters = "{\"greeting\":\"gr\u{fc}\u{df} \u{20ac} <&> \\\"x\\\"\"}";
$update->ContentType = 'application/json';

$request = curl_init($url);
curl_setopt_array($request, [
    CURLOPT_CUSTOMREQUEST => 'PUT',
    CURLOPT_POSTFIELDS => $update->asXML(),
    CURLOPT_HTTPHEADER => ['Content-Type: application/xml', 'Accept: application/xml', 'Authorization: Bearer ' . getenv('TOKEN')],
    CURLOPT_RETURNTRANSFER => true,
]);
$answer = curl_exec($request);
if ($answer === false) {
    fwrite(STDERR, curl_error($request) . "\n");
    exit(1);
}
echo 'answer ', curl_getinfo($request, CURLINFO_RESPONSE_CODE), ' ', $answer, "\n";
$read = simplexml_load_string($answer);
echo 'read ', $read->ResponseData->Detail->ID, ' ', $read->Error->ErrorCode, "\n";

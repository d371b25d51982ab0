<?php
// A first client of the account tasks API. It needs PHP 7.4 or later with its curl extension.
//
//     API=http://127.0.0.1:3000 CLIENT_ID=demo CLIENT_SECRET=demo-secret php quickstart.php

$api = getenv('API') ?: 'http://127.0.0.1:3000';
$tasks = $api . '/api/v1/admin/tasks/account';

// send sends a request and returns the status, the headers with names in lower case, and the body of the answer.
function send(string $method, string $url, ?string $body, array $headers): array
{
    $received = [];
    $request = curl_init($url);
    curl_setopt_array($request, [
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_HTTPHEADER => $headers,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 35,
        CURLOPT_HEADERFUNCTION => function ($request, string $line) use (&$received): int {
            [$name, $value] = explode(':', $line, 2) + [1 => ''];
            $received[strtolower($name)] = trim($value);
            return strlen($line);
        },
    ]);
    if ($body !== null) {
        curl_setopt($request, CURLOPT_POSTFIELDS, $body);
    }
    $answer = curl_exec($request);
    if ($answer === false) {
        throw new RuntimeException(curl_error($request));
    }
    return [curl_getinfo($request, CURLINFO_RESPONSE_CODE), $received, json_decode($answer, true, 512, JSON_THROW_ON_ERROR)];
}

// call sends an operation's request with the token.
function call(string $method, string $url, ?array $body = null, array $headers = []): array
{
    global $token;
    $headers[] = 'Authorization: Bearer ' . $token['access_token'];
    $headers[] = 'Content-Type: application/json';
    return send($method, $url, $body === null ? null : json_encode($body), $headers);
}

// key_header makes an Idempotency-Key: a new one for each change, the same for its repeats.
function key_header(): string
{
    return 'Idempotency-Key: ' . bin2hex(random_bytes(16));
}

// Get a token. It is valid for eight hours: keep it, and send it with every request.
[$status, , $token] = send('POST', $api . '/Token', http_build_query([
    'grant_type' => 'client_credentials',
    'client_id' => getenv('CLIENT_ID') ?: 'demo',
    'client_secret' => getenv('CLIENT_SECRET') ?: 'demo-secret',
]), []);
if ($status !== 200) {
    exit($token['error_description'] . "\n");
}
echo 'Token: valid for ', $token['expires_in'], " seconds\n";

// Register a task. TaskID is an entry of the catalogue, which GET /api/v1/admin/tasks lists.
$task = [
    'TaskID' => '7798c127-7f74-40c6-9bd4-caf4be84ca89',
    'Frequency' => 'WEEKLY',
    'StartDate' => '2026-06-01T06:00:00Z',
    'Parameters' => json_encode(['report' => 'usage']),
    'ContentType' => 'application/json',
    'Notification' => 'ON_FAILURE',
];
[$status, , $envelope] = call('POST', $api . '/api/v2/admin/tasks/account', $task, [key_header()]);
if ($status !== 200) {
    exit($envelope['Error']['ErrorReason'] . "\n");
}
$registered = $envelope['ResponseData']['Detail'];
echo 'Registered: ', $registered['ID'], ' ', $registered['Name'], "\n";

// Read it. The ETag is the version that was read.
$url = $tasks . '/' . $registered['ID'];
[, $headers, $envelope] = call('GET', $url);
$ifMatch = 'If-Match: ' . $headers['etag'];
echo 'Read: ', $envelope['ResponseData']['Detail']['Frequency'], "\n";

// Update it, unless it has changed since it was read. An update replaces every field, so send them all.
$task['Frequency'] = 'DAILY';
$change = [key_header(), $ifMatch];
[, , $envelope] = call('PUT', $url, $task, $change);
echo 'Updated: ', $envelope['ResponseData']['Detail']['Frequency'], "\n";

// If no answer comes, or a 429 or 5xx, send the same request with the same key again. It is applied once.
[$status, $headers] = call('PUT', $url, $task, $change);
echo 'Repeated: ', $status, ' ', $headers['idempotency-replayed'], "\n";

// Another update with the old ETag is refused, and the answer shows the task as it is now.
[$status, , $envelope] = call('PUT', $url, $task, [key_header(), $ifMatch]);
echo 'Changed since: ', $status, ' ', $envelope['ResponseData']['Detail']['Frequency'], "\n";

// List the account's tasks, page by page. A Link with rel="next" leads to the next page.
[, , $envelope] = call('GET', $tasks . '?count=100&summary=true');
echo 'Listed: ', count($envelope['ResponseData']['Detail']), " tasks\n";

// A request with errors changes nothing, and the reason names all of them.
[$status, , $envelope] = call('PUT', $url, ['Frequency' => 'FORTNIGHTLY', 'Parameters' => '{'] + $task);
echo 'Refused: ', $status, ' ', $envelope['Error']['ErrorReason'], "\n";

// Delete it.
[$status] = call('DELETE', $url, null, [key_header()]);
echo 'Deleted: ', $status, "\n";

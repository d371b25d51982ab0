<?php
// Gets a token with curl, refreshes it if told to, and prints the access token:
//
//     php token.php <origin> <basic|post> <get|refresh>
//
// The variables CLIENT_ID and CLIENT_SECRET hold the credentials.

[, $origin, $authentication, $what] = $argv;

function token(array $form): array
{
    global $origin, $authentication;
    $request = curl_init($origin . '/Token');
    if ($authentication === 'basic') {
        curl_setopt($request, CURLOPT_USERPWD, rawurlencode(getenv('CLIENT_ID')) . ':' . rawurlencode(getenv('CLIENT_SECRET')));
    } else {
        $form += ['client_id' => getenv('CLIENT_ID'), 'client_secret' => getenv('CLIENT_SECRET')];
    }
    curl_setopt_array($request, [CURLOPT_POSTFIELDS => http_build_query($form), CURLOPT_RETURNTRANSFER => true]);
    $answer = curl_exec($request);
    if ($answer === false || curl_getinfo($request, CURLINFO_RESPONSE_CODE) !== 200) {
        fwrite(STDERR, curl_error($request) . $answer . "\n");
        exit(1);
    }
    return json_decode($answer, true, 512, JSON_THROW_ON_ERROR);
}

$token = token(['grant_type' => 'client_credentials']);
if ($what === 'refresh') {
    $token = token(['grant_type' => 'refresh_token', 'refresh_token' => $token['refresh_token']]);
}
echo $token['access_token'], "\n";

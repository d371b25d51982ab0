<?php
// Reads dates of answers and prints each as milliseconds since 1970, or "no bound".

function read_date(?string $text): ?DateTimeImmutable
{
    if ($text === null || strncmp($text, '0001-01-01', 10) === 0) {
        return null; // no bound
    }
    return new DateTimeImmutable($text);
}

foreach (array_slice($argv, 1) as $argument) {
    $date = read_date($argument);
    echo $date === null ? 'no bound' : $date->format('Uv'), "\n";
}

// Reads dates of answers and prints each as milliseconds since 1970, or "no bound".

function readDate(text) {
  if (text === null || text.startsWith('0001-01-01')) return null; // no bound
  return new Date(text);
}

for (const argument of process.argv.slice(2)) {
  console.log(readDate(argument)?.getTime() ?? 'no bound');
}

// Form NFC of the texts on standard input, as node has it: [text] → [text].
let input = "";
for await (const chunk of process.stdin) input += chunk;
process.stdout.write(JSON.stringify(JSON.parse(input).map((text) => text.normalize("NFC"))));

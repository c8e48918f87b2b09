// Encodes texts with npm's @huggingface/tokenizers: {tokenizer, config, texts} on standard input → [[id]].
import { Tokenizer } from "@huggingface/tokenizers";

let input = "";
for await (const chunk of process.stdin) input += chunk;
const { tokenizer, config, texts } = JSON.parse(input);
const encoder = new Tokenizer(tokenizer, config);
process.stdout.write(JSON.stringify(texts.map((text) => encoder.encode(text, { add_special_tokens: true }).ids)));

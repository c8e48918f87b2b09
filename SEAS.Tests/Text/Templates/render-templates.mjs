// Renders the templates on standard input with npm's @huggingface/jinja: {cases: [{template, messages, add_generation_prompt}]} → [text].
import { Template } from "@huggingface/jinja";

let input = "";
for await (const chunk of process.stdin) input += chunk;
const { cases, tokens } = JSON.parse(input);
const rendered = cases.map(({ template, messages, add_generation_prompt }) =>
  new Template(template).render({ messages, add_generation_prompt, ...tokens }));
process.stdout.write(JSON.stringify(rendered));

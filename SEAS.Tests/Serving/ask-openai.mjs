// Asks a server with npm's openai client and prints what came, one JSON object: node ask-openai.mjs BASE_URL MODEL
import OpenAI from "openai";

const [baseURL, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const messages = [{ role: "user", content: "Hello" }];
const fixed = { model, messages, temperature: 0, max_tokens: 12 };

const models = (await client.models.list()).data.map((entry) => entry.id);
const whole = await client.chat.completions.create(fixed);
let streamed = "";
let usage = null;
let finish = null;
for await (const chunk of await client.chat.completions.create({ ...fixed, stream: true, stream_options: { include_usage: true } })) {
  streamed += chunk.choices[0]?.delta?.content ?? "";
  finish = chunk.choices[0]?.finish_reason ?? finish;
  usage = chunk.usage ?? usage;
}
const plain = await client.completions.create({ model, prompt: "Once upon", temperature: 0, max_tokens: 8 });
const random = { model, prompt: "Once", seed: 7, n: 2, max_tokens: 8 };
const seeded = async () => (await client.completions.create(random)).choices.map((choice) => choice.text);
const [first, second] = [await seeded(), await seeded()];
const failure = await client.chat.completions.create({ ...fixed, model: "nobody" })
  .catch((error) => ({ status: error.status, code: error.code }));
const refused = await client.chat.completions.create({ ...fixed, tools: [{ type: "function", function: { name: "f" } }] })
  .catch((error) => ({ status: error.status, param: error.param }));
const retrieved = (await client.models.retrieve(model)).id;
const missing = await client.models.retrieve("no/body").catch((error) => ({ status: error.status, code: error.code }));
const likely = { ...fixed, logprobs: true, top_logprobs: 3 };
const chances = (await client.chat.completions.create(likely)).choices[0].logprobs.content;
const streamedChances = [];
for await (const chunk of await client.chat.completions.create({ ...likely, stream: true })) {
  streamedChances.push(...(chunk.choices[0]?.logprobs?.content ?? []));
}
process.stdout.write(JSON.stringify({
  models, whole: whole.choices[0].message.content, wholeUsage: whole.usage, finish: whole.choices[0].finish_reason,
  streamed, streamedUsage: usage, streamedFinish: finish, plain: plain.choices[0].text, first, second, failure, refused,
  retrieved, missing, chances, streamedChances,
}));

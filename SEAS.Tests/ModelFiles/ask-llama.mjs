// Lets llama.cpp, as npm's @node-llama-cpp/linux-x64 brings it, read a GGUF file and continue prompts greedily, all of them at once.
// Reads {model, prompts: [[id]], steps, texts: [text], logits, threads} from standard input; prints {ids: [[id]],
// logits: [[token, score, …]], texts: [[id]], vocabulary, bos, eos, seconds}. Scores are those of the first step,
// of as many tokens as "logits" says.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { getBinsDir } from "@node-llama-cpp/linux-x64";

const libraries = path.join(getBinsDir().binsDir, "linux-x64");
const llama = createRequire(import.meta.url)(path.join(libraries, "llama-addon.node"));
const asked = JSON.parse(readFileSync(0, "utf8"));
const messages = [];
llama.setLogger((level, message) => messages.push(message));
llama.loadBackends(libraries);
await llama.init();

const failed = (what) => new Error(`${what}\n${messages.join("")}`);
const model = new llama.AddonModel(asked.model, { addonExports: llama, gpuLayers: 0, useMmap: true, checkTensors: true });
if (!(await model.init())) throw failed(`${asked.model} cannot be loaded`);

const answer = {
  texts: (asked.texts ?? []).map((text) => [...model.tokenize(text, false)]),
  vocabulary: model.getVocabularyType(), bos: model.tokenBos(), eos: model.tokenEos(), prependsBos: model.shouldPrependBosToken(),
  ids: [], logits: [], seconds: 0,
};
const prompts = asked.prompts ?? [];
if (prompts.length > 0) {
  const longest = Math.max(...prompts.map((ids) => ids.length));
  const batchSize = Math.max(prompts.length, prompts.reduce((sum, ids) => sum + ids.length, 0));
  const context = new llama.AddonContext(model, {
    contextSize: Math.ceil((longest + asked.steps) / 256) * 256 * prompts.length, batchSize, sequences: prompts.length,
    threads: asked.threads ?? 1, flashAttention: false, kvCacheKeyType: 0, kvCacheValueType: 0,
  });
  if (!(await context.init())) throw failed("the context cannot be made");
  const sampler = new llama.AddonSampler(model);
  sampler.applyConfig({ temperature: 0 });
  answer.ids = prompts.map(() => []);
  let next = prompts.map((ids) => Uint32Array.from(ids));
  const begun = performance.now();
  for (let step = 0, place = prompts.map(() => 0); step < asked.steps; step++) {
    context.initBatch(next.reduce((sum, ids) => sum + ids.length, 0));
    const wanted = next.map((ids, i) => {
      const found = context.addToBatch(i, place[i], ids, Uint32Array.of(ids.length - 1));
      place[i] += ids.length;
      return found[0];
    });
    await context.decodeBatch();
    for (let i = 0; i < wanted.length; i++) {
      if (step === 0 && asked.logits) {
        const all = Uint32Array.from({ length: asked.logits }, (_, token) => token);
        const [id, , , logits] = await context.sampleToken(wanted[i], sampler, false, false, [[...all], false, false, false, 0]);
        answer.logits.push(logits);
        next[i] = Uint32Array.of(id);
      } else {
        next[i] = Uint32Array.of(await context.sampleToken(wanted[i], sampler));
      }
      answer.ids[i].push(next[i][0]);
    }
  }
  answer.seconds = (performance.now() - begun) / 1000;
  await context.dispose();
}

process.stdout.write(JSON.stringify(answer));
process.exit(0);   // the libraries keep threads of their own

#!/usr/bin/python3
"""Writes families.safetensors: what PyTorch computes for decoders of other families than make_golden.py's plain Llama.

Run with Debian's python3-torch (1.13) from any folder:  python3 make_families.py
Float64 inside, float32 in the file, weights by the formula of make_golden.py; biases are uniform in ±0.3.
"""
import math

import torch
import torch.nn.functional as F

import make_golden as plain
from make_golden import EPS, HEADS, HIDDEN, INTERMEDIATE, KV_HEADS, LAYERS, VOCABULARY, Numbers, norm

FAMILIES = {
    "qwen2": dict(head=8, tied=True, input_bias=True, output_bias=False, theta=1000.0, scaling=None),
    "llama31": dict(head=12, tied=False, input_bias=True, output_bias=True, theta=500.0, scaling=("llama3", 4.0, 1.0, 4.0, 16)),
    "lora": dict(head=8, tied=False, input_bias=False, output_bias=False, theta=10000.0, scaling=None),
    "linear": dict(head=8, tied=False, input_bias=False, output_bias=False, theta=10000.0, scaling=("linear", 2.0)),
    "qwen3": dict(head=12, tied=True, input_bias=False, output_bias=False, theta=1000.0, scaling=None, normed=True),
    "smollm3": dict(head=8, tied=True, input_bias=False, output_bias=False, theta=2000.0, scaling=None, unturned=(1,)),
    "window": dict(head=8, tied=False, input_bias=False, output_bias=False, theta=10000.0, scaling=None, window=(5, (0,))),
    "yarn": dict(head=8, tied=False, input_bias=False, output_bias=False, theta=100.0, scaling=("yarn", 4.0, 4.0, 1.0, 16)),
}


def shapes(f):
    queries, keys = HEADS * f["head"], KV_HEADS * f["head"]
    yield "model.embed_tokens.weight", (VOCABULARY, HIDDEN)
    for i in range(LAYERS):
        p = f"model.layers.{i}."
        yield p + "input_layernorm.weight", (HIDDEN,)
        yield p + "self_attn.q_proj.weight", (queries, HIDDEN)
        yield p + "self_attn.k_proj.weight", (keys, HIDDEN)
        yield p + "self_attn.v_proj.weight", (keys, HIDDEN)
        yield p + "self_attn.o_proj.weight", (HIDDEN, queries)
        if f["input_bias"]:
            yield p + "self_attn.q_proj.bias", (queries,)
            yield p + "self_attn.k_proj.bias", (keys,)
            yield p + "self_attn.v_proj.bias", (keys,)
        if f.get("normed"):
            yield p + "self_attn.q_norm.weight", (f["head"],)
            yield p + "self_attn.k_norm.weight", (f["head"],)
        if f["output_bias"]:
            yield p + "self_attn.o_proj.bias", (HIDDEN,)
        yield p + "post_attention_layernorm.weight", (HIDDEN,)
        yield p + "mlp.gate_proj.weight", (INTERMEDIATE, HIDDEN)
        yield p + "mlp.up_proj.weight", (INTERMEDIATE, HIDDEN)
        yield p + "mlp.down_proj.weight", (HIDDEN, INTERMEDIATE)
    yield "model.norm.weight", (HIDDEN,)
    if not f["tied"]:
        yield "lm_head.weight", (VOCABULARY, HIDDEN)


def weights(f, seed):
    result = {}
    for i, (name, shape) in enumerate(sorted(shapes(f))):
        numbers = Numbers(seed + i)
        flat = torch.tensor([0.6 * numbers.next() - 0.3 for _ in range(math.prod(shape))], dtype=torch.float64)
        flat = flat + 1 if len(shape) == 1 and not name.endswith(".bias") else flat
        result[name] = flat.float().double().view(shape).requires_grad_()
    return result


def yarn_frequencies(f):
    """Peng et al. 2023, arXiv:2309.00071: the pairs between two numbers of turns pass from stretched to whole along a line."""
    head, theta = f["head"], f["theta"]
    _, factor, fast, slow, original = f["scaling"]

    def coordinate(turns):
        return head * math.log(original / (turns * 2 * math.pi)) / (2 * math.log(theta))

    low, high = max(math.floor(coordinate(fast)), 0), min(math.ceil(coordinate(slow)), head - 1)
    result = []
    for pair in range(head // 2):
        whole = theta ** (-2 * pair / head)
        stretched = min(max((pair - low) / (high - low), 0.0), 1.0)
        result.append(whole / factor * stretched + whole * (1 - stretched))
    return torch.tensor(result, dtype=torch.float64)


def magnitude(f):
    return 0.1 * math.log(f["scaling"][1]) + 1 if f["scaling"] and f["scaling"][0] == "yarn" else 1.0


def mask(f, layer, t):
    result = torch.full((t, t), float("-inf"), dtype=torch.float64).triu(1)
    if "window" in f and layer in f["window"][1]:
        result = result + torch.full((t, t), float("-inf"), dtype=torch.float64).tril(-f["window"][0])
    return result


def frequencies(f):
    if f["scaling"] and f["scaling"][0] == "yarn":
        return yarn_frequencies(f)
    result = []
    for i in range(0, f["head"], 2):
        frequency = f["theta"] ** (-i / f["head"])
        if f["scaling"] and f["scaling"][0] == "linear":
            frequency /= f["scaling"][1]
        elif f["scaling"]:
            _, factor, low, high, original = f["scaling"]
            wavelength = 2 * math.pi / frequency
            if wavelength > original / low:
                frequency /= factor
            elif wavelength >= original / high:
                smooth = (original / wavelength - low) / (high - low)
                frequency = (1 - smooth) * frequency / factor + smooth * frequency
        result.append(frequency)
    return torch.tensor(result, dtype=torch.float64)


RANK, ALPHA = 3, 6.0
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def adapters(w):
    """A and B of every projection, sorted by name, filled from Numbers(500 + i): uniform in ±0.3."""
    names = sorted(name[: -len(".weight")] + part for name in w for part in (".lora_A.weight", ".lora_B.weight")
                   if name.split(".")[-2] in TARGETS)
    result = {}
    for i, name in enumerate(names):
        out, wide = w[name.split(".lora_")[0] + ".weight"].shape
        shape = (RANK, wide) if "lora_A" in name else (out, RANK)
        numbers = Numbers(500 + i)
        flat = torch.tensor([0.6 * numbers.next() - 0.3 for _ in range(math.prod(shape))], dtype=torch.float64)
        result[name] = flat.float().double().view(shape).requires_grad_()
    return result


def adapted(w, lora):
    """W + (alpha / r) B A: the same function as the adapter beside the matrix."""
    return {name: value + ALPHA / RANK * lora[stem + ".lora_B.weight"] @ lora[stem + ".lora_A.weight"]
            if (stem := name[: -len(".weight")]) + ".lora_A.weight" in lora else value for name, value in w.items()}


def rotate(f, x, positions):
    angle = torch.outer(positions.double(), frequencies(f))
    angle = torch.cat((angle, angle), -1)
    half = f["head"] // 2
    return (x * angle.cos() + torch.cat((-x[..., half:], x[..., :half]), -1) * angle.sin()) * magnitude(f)


def logits(f, w, ids):
    t, head = len(ids), f["head"]
    positions = torch.arange(t)
    x = w["model.embed_tokens.weight"][torch.tensor(ids)]
    for i in range(LAYERS):
        p = f"model.layers.{i}."

        def project(h, part):
            return F.linear(h, w[p + f"self_attn.{part}_proj.weight"], w.get(p + f"self_attn.{part}_proj.bias"))

        h = norm(x, w[p + "input_layernorm.weight"])
        q = project(h, "q").view(t, HEADS, head).transpose(0, 1)
        k = project(h, "k").view(t, KV_HEADS, head).transpose(0, 1)
        if f.get("normed"):
            q, k = norm(q, w[p + "self_attn.q_norm.weight"]), norm(k, w[p + "self_attn.k_norm.weight"])
        if i not in f.get("unturned", ()):
            q, k = rotate(f, q, positions), rotate(f, k, positions)
        k = k.repeat_interleave(HEADS // KV_HEADS, 0)
        v = project(h, "v").view(t, KV_HEADS, head).transpose(0, 1).repeat_interleave(HEADS // KV_HEADS, 0)
        scores = q @ k.transpose(-1, -2) / math.sqrt(head) + mask(f, i, t)
        x = x + project((scores.softmax(-1) @ v).transpose(0, 1).reshape(t, HEADS * head), "o")
        h = norm(x, w[p + "post_attention_layernorm.weight"])
        x = x + (F.silu(h @ w[p + "mlp.gate_proj.weight"].T) * (h @ w[p + "mlp.up_proj.weight"].T)) @ w[p + "mlp.down_proj.weight"].T
    return norm(x, w["model.norm.weight"]) @ w.get("lm_head.weight", w["model.embed_tokens.weight"]).T


def golden():
    rows, _ = plain.examples()
    ids = [prompt + answer for prompt, answer, _ in rows[:2]]
    for name, family in FAMILIES.items():
        w = weights(family, 300)
        learnt = w
        if name == "lora":
            learnt = adapters(w)
            w = adapted(w, learnt)
        yield f"{name}/logits", torch.cat([logits(family, w, row) for row in ids])
        loss = sum(F.cross_entropy(logits(family, w, row)[:-1], torch.tensor(row[1:]), reduction="sum") for row in ids)
        loss = loss / sum(len(row) - 1 for row in ids)
        yield f"{name}/loss", loss
        for part, gradient in zip(learnt, torch.autograd.grad(loss, list(learnt.values()))):
            yield f"{name}/gradient/{part}", gradient


if __name__ == "__main__":
    plain.write("families.safetensors", golden())

#!/usr/bin/python3
"""Writes golden.safetensors: what PyTorch computes for two small Llamas, for the tests beside this file to compare with.

Run with Debian's python3-torch (1.13) from any folder:  python3 make_golden.py
Everything is computed in float64 and stored rounded to float32, so these numbers are the exact ones as far as float32 can tell;
the tests allow a relative error of 1e-5 of each tensor's largest entry.

The weights are not stored: both sides make them by the same formula (see `weights`).
"""
import json
import math
import pathlib
import struct

import torch
import torch.nn.functional as F

HIDDEN, LAYERS, HEADS, KV_HEADS, INTERMEDIATE, VOCABULARY = 32, 2, 4, 2, 48, 64
EPS, THETA = 1e-5, 10000.0
HEAD = HIDDEN // HEADS


class Numbers:
    """x(i+1) = (1103515245 x(i) + 12345) mod 2^31, read as x / 2^31: the same on every machine and in every language."""

    def __init__(self, seed):
        self.x = seed

    def next(self):
        self.x = (1103515245 * self.x + 12345) % 2 ** 31
        return self.x / 2 ** 31

    def token(self):
        return int(self.next() * VOCABULARY)

    def tokens(self, count):
        return [self.token() for _ in range(count)]


def shapes(tied):
    yield "model.embed_tokens.weight", (VOCABULARY, HIDDEN)
    for i in range(LAYERS):
        p = f"model.layers.{i}."
        yield p + "input_layernorm.weight", (HIDDEN,)
        yield p + "self_attn.q_proj.weight", (HIDDEN, HIDDEN)
        yield p + "self_attn.k_proj.weight", (KV_HEADS * HEAD, HIDDEN)
        yield p + "self_attn.v_proj.weight", (KV_HEADS * HEAD, HIDDEN)
        yield p + "self_attn.o_proj.weight", (HIDDEN, HIDDEN)
        yield p + "post_attention_layernorm.weight", (HIDDEN,)
        yield p + "mlp.gate_proj.weight", (INTERMEDIATE, HIDDEN)
        yield p + "mlp.up_proj.weight", (INTERMEDIATE, HIDDEN)
        yield p + "mlp.down_proj.weight", (HIDDEN, INTERMEDIATE)
    yield "model.norm.weight", (HIDDEN,)
    if not tied:
        yield "lm_head.weight", (VOCABULARY, HIDDEN)


def weights(tied, seed):
    """Parameter i, sorted by name, is filled from Numbers(seed + i): matrices uniform in ±0.3, gains in 1 ± 0.3; float32."""
    result = {}
    for i, (name, shape) in enumerate(sorted(shapes(tied))):
        numbers = Numbers(seed + i)
        flat = torch.tensor([0.6 * numbers.next() - 0.3 for _ in range(math.prod(shape))], dtype=torch.float64)
        flat = flat + 1 if len(shape) == 1 else flat
        result[name] = flat.float().double().view(shape).requires_grad_()
    return result


def norm(x, gain):
    return gain * x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPS)


def rotate(x, positions):
    frequency = THETA ** (-torch.arange(0, HEAD, 2, dtype=torch.float64) / HEAD)
    angle = torch.outer(positions.double(), frequency)
    angle = torch.cat((angle, angle), -1)
    turned = torch.cat((-x[..., HEAD // 2:], x[..., :HEAD // 2]), -1)
    return x * angle.cos() + turned * angle.sin()


def logits(w, ids):
    """One sequence of T tokens, alone: (T, vocabulary). The program packs many; here there is nothing to pack wrongly."""
    t = len(ids)
    positions = torch.arange(t)
    x = w["model.embed_tokens.weight"][torch.tensor(ids)]
    for i in range(LAYERS):
        p = f"model.layers.{i}."
        h = norm(x, w[p + "input_layernorm.weight"])
        q = (h @ w[p + "self_attn.q_proj.weight"].T).view(t, HEADS, HEAD).transpose(0, 1)
        k = (h @ w[p + "self_attn.k_proj.weight"].T).view(t, KV_HEADS, HEAD).transpose(0, 1)
        v = (h @ w[p + "self_attn.v_proj.weight"].T).view(t, KV_HEADS, HEAD).transpose(0, 1)
        q, k = rotate(q, positions), rotate(k, positions)
        k, v = k.repeat_interleave(HEADS // KV_HEADS, 0), v.repeat_interleave(HEADS // KV_HEADS, 0)
        scores = q @ k.transpose(-1, -2) / math.sqrt(HEAD) + torch.full((t, t), float("-inf"), dtype=torch.float64).triu(1)
        x = x + (scores.softmax(-1) @ v).transpose(0, 1).reshape(t, HIDDEN) @ w[p + "self_attn.o_proj.weight"].T
        h = norm(x, w[p + "post_attention_layernorm.weight"])
        x = x + (F.silu(h @ w[p + "mlp.gate_proj.weight"].T) * (h @ w[p + "mlp.up_proj.weight"].T)) @ w[p + "mlp.down_proj.weight"].T
    return norm(x, w["model.norm.weight"]) @ w.get("lm_head.weight", w["model.embed_tokens.weight"]).T


def answer_log_probs(w, prompt, answer):
    ids = prompt + answer
    logp = logits(w, ids).log_softmax(-1)[:-1].gather(-1, torch.tensor(ids[1:])[:, None]).squeeze(-1)
    return logp[max(0, len(prompt) - 1):]


def examples():
    """The same examples as the tests: lengths here, tokens from Numbers(1)."""
    numbers = Numbers(1)
    sft = [(numbers.tokens(p), numbers.tokens(a), weight) for p, a, weight in ((5, 7, 1.0), (0, 9, 0.5), (11, 3, 2.0), (1, 1, 1.0))]
    pairs = [(numbers.tokens(p), numbers.tokens(c), numbers.tokens(r)) for p, c, r in ((6, 5, 8), (3, 1, 4), (9, 7, 2))]
    return sft, pairs


def sft_loss(w, rows):
    learned = [answer_log_probs(w, p, a) for p, a, _ in rows]
    total = sum(weight * len(logp) for logp, (_, _, weight) in zip(learned, rows))
    return -sum(weight * logp.sum() for logp, (_, _, weight) in zip(learned, rows)) / total


def dpo_losses(w, reference, pairs, beta, smoothing):
    result = []
    for prompt, chosen, rejected in pairs:
        policy = [answer_log_probs(w, prompt, a).sum() for a in (chosen, rejected)]
        with torch.no_grad():
            frozen = [answer_log_probs(reference, prompt, a).sum() for a in (chosen, rejected)]
        margin = beta * ((policy[0] - policy[1]) - (frozen[0] - frozen[1]))
        result.append(-(1 - smoothing) * F.logsigmoid(margin) - smoothing * F.logsigmoid(-margin))
    return torch.stack(result)


def ipo_losses(w, reference, pairs, tau):
    result = []
    for prompt, chosen, rejected in pairs:
        policy = [answer_log_probs(w, prompt, a).mean() for a in (chosen, rejected)]
        with torch.no_grad():
            frozen = [answer_log_probs(reference, prompt, a).mean() for a in (chosen, rejected)]
        margin = (policy[0] - policy[1]) - (frozen[0] - frozen[1])
        result.append((margin - 1 / (2 * tau)) ** 2)
    return torch.stack(result)


def preference_loss(w, losses, pairs, general, chosen_nll, general_weight):
    chosen = torch.cat([answer_log_probs(w, p, c) for p, c, _ in pairs])
    return losses(w).mean() - chosen_nll * chosen.mean() + general_weight * sft_loss(w, general)


def gradients(w, loss):
    return dict(zip(w, torch.autograd.grad(loss, list(w.values()))))


def trained(w, loss_of, rates, decay, max_norm):
    """Takes one AdamW step per learning rate; gives the weights after, and the norm of each step's gradient before clipping.

    epsilon is 1e-4, not the usual 1e-8, which would move a weight whose gradient is rounding noise by a whole learning rate in whichever
    direction the noise points: no two programs agree on that.
    """
    optimizer = torch.optim.AdamW(list(w.values()), lr=1.0, betas=(0.9, 0.999), eps=1e-4, weight_decay=decay)
    norms = []
    for rate in rates:
        optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad()
        loss_of(w).backward()
        norms.append(torch.nn.utils.clip_grad_norm_(list(w.values()), max_norm))
        optimizer.step()
    return {name: value.detach() for name, value in w.items()}, torch.stack(norms)


def golden():
    sft, pairs = examples()
    for kind, tied in (("tied", True), ("untied", False)):
        w, reference = weights(tied, 100), weights(tied, 200)
        rows = [p + a for p, a, _ in sft[:2]]
        yield f"{kind}/logits", torch.cat([logits(w, row) for row in rows])
        loss = sft_loss(w, sft)
        yield f"{kind}/sft/loss", loss
        for name, value in gradients(w, loss).items():
            yield f"{kind}/sft/gradient/{name}", value
        losses = dpo_losses(w, reference, pairs, 0.3, 0.1)
        yield f"{kind}/dpo/losses", losses
        for name, value in gradients(w, losses.mean()).items():
            yield f"{kind}/dpo/gradient/{name}", value
        losses = ipo_losses(w, reference, pairs, 0.3)
        yield f"{kind}/ipo/losses", losses
        for name, value in gradients(w, losses.mean()).items():
            yield f"{kind}/ipo/gradient/{name}", value
    after, norms = trained(weights(False, 100), lambda w: sft_loss(w, sft), (0.001, 0.002), 0.01, 1.0)
    yield "untied/sft/norms", norms
    for name, value in after.items():
        yield f"untied/sft/after/{name}", value
    reference = weights(True, 200)
    for name, losses in (
            ("dpo", lambda w: dpo_losses(w, reference, pairs, 0.3, 0.1)),
            ("ipo", lambda w: ipo_losses(w, reference, pairs, 0.3))):
        yield f"tied/{name}/loss", preference_loss(weights(True, 100), losses, pairs, sft, 0.2, 0.7)
        after, norms = trained(weights(True, 100), lambda w: preference_loss(w, losses, pairs, sft, 0.2, 0.7), (0.001,), 0.01, 1.0)
        yield f"tied/{name}/norms", norms
        for parameter, value in after.items():
            yield f"tied/{name}/after/{parameter}", value


def write(file, tensors):
    header, blob = {"__metadata__": {"made_by": "make_golden.py", "torch": torch.__version__}}, b""
    for name, value in tensors:
        flat = value.detach().float().flatten().tolist()
        start = len(blob)
        blob += struct.pack(f"<{len(flat)}f", *flat)
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [start, len(blob)]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(__file__).with_name(file).write_bytes(struct.pack("<Q", len(text)) + text + blob)


if __name__ == "__main__":
    write("golden.safetensors", golden())

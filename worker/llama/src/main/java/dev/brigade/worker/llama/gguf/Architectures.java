package dev.brigade.worker.llama.gguf;

import java.util.Set;

/** The text generators that the bundled engine (llama.cpp b4916) knows. */
final class Architectures {

    private static final Set<String> SUPPORTED =
            Set.of(
                    "arctic",
                    "arwkv7",
                    "baichuan",
                    "bitnet",
                    "bloom",
                    "chameleon",
                    "chatglm",
                    "codeshell",
                    "cohere2",
                    "command-r",
                    "dbrx",
                    "deci",
                    "deepseek",
                    "deepseek2",
                    "exaone",
                    "falcon",
                    "gemma",
                    "gemma2",
                    "gemma3",
                    "gpt2",
                    "gptneox",
                    "granite",
                    "granitemoe",
                    "grok",
                    "internlm2",
                    "jais",
                    "llama",
                    "mamba",
                    "minicpm",
                    "minicpm3",
                    "mpt",
                    "nemotron",
                    "olmo",
                    "olmo2",
                    "olmoe",
                    "openelm",
                    "orion",
                    "phi2",
                    "phi3",
                    "phimoe",
                    "plamo",
                    "qwen",
                    "qwen2",
                    "qwen2moe",
                    "qwen2vl",
                    "refact",
                    "rwkv6",
                    "rwkv6qwen2",
                    "rwkv7",
                    "stablelm",
                    "starcoder",
                    "starcoder2",
                    "xverse");

    private Architectures() {}

    static void check(String architecture) throws GgufFault {
        if (!SUPPORTED.contains(architecture)) {
            throw new GgufFault(
                    "has the architecture %s, which this engine cannot run"
                            .formatted(GgufFault.quote(architecture)));
        }
    }
}

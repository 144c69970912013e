"""A language model of 60,000 random weights with a tokenizer of bytes, as a folder."""

from pathlib import Path


def write_tiny(folder: Path, *, seed: int = 0, tied: bool = True) -> Path:
    """Write a Llama of two layers, hidden size 64, 4 query and 2 key heads."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: place for place, letter in enumerate(alphabet)}
    tokens = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokens.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokens.decoder = decoders.ByteLevel()
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        tie_word_embeddings=tied,
        bos_token_id=None,
        eos_token_id=None,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.normal_(0, 0.15)  # so that quantisation can be felt
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokens).save_pretrained(folder)
    return folder


TEXT = "\n".join(
    f"Line {i}: the quick brown fox number {i * i} jumps over {i % 7} lazy dogs."
    for i in range(300)
)
"""About 20,000 bytes, a token each."""

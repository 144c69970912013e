"""A language model of two layers with random weights, whose tokens are bytes."""

from pathlib import Path


def write_tiny(folder: Path) -> None:
    """Write a Llama of two layers as a folder that transformers loads."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    places = {letter: place for place, letter in enumerate(alphabet)}
    tokens = Tokenizer(models.BPE(vocab=places, merges=[]))
    tokens.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(alphabet),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        bos_token_id=None,
        eos_token_id=None,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.normal_(0, 0.15)  # so that lost bits can be felt
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokens).save_pretrained(folder)

/** Letters of ASCII and of other scripts that a token holds on average, measured over the tokenizers of LLaMA's family. */
const asciiPerToken = 3.5;
const othersPerToken = 1.5;

/** How many tokens a text has about: a model's own tokenizer is not at hand. */
export const estimateTokens = (text: string): number => {
	let ascii = 0;
	for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) < 128) ascii += 1;
	return Math.ceil(ascii / asciiPerToken + (text.length - ascii) / othersPerToken);
};

const closing = /[.,;:!?)\]}’”'*_]$/u;

/**
 * An address as it was found in a text, without what closes the sentence behind it: a full stop belongs to the sentence, a
 * bracket to whoever opened it. What is shown as a link, and what may come back from a model, end at the same place by this.
 */
export function withoutClosing(found: string): string {
	const opened = count(found, "(");
	let closed = count(found, ")");
	let length = found.length;
	while (closing.test(found.charAt(length - 1))) {
		if (found.charAt(length - 1) === ")") {
			if (closed <= opened) break;
			closed -= 1;
		}
		length -= 1;
	}
	return found.slice(0, length);
}

function count(text: string, letter: string): number {
	return text.split(letter).length - 1;
}

import { withoutClosing } from "../../text/link-end.ts";

/**
 * Whatever something that shows text could take for an address: with a scheme, `www.`, a host with a path, mail. Each part is
 * bounded and begins where a word does: a text without end must not be searched from each of its letters anew. It ends where a
 * link ends that is shown in a chat: what follows one that is known must not become a part of it.
 */
const address = new RegExp(
	[
		'(?:[a-z][a-z0-9+.-]{1,20}:\\/\\/|www\\.|mailto:|javascript:|data:[\\w/+.-]{0,100}[;,])[^\\s<>"]+',
		'(?<![\\p{L}\\p{N}-])(?:[\\p{L}\\p{N}-]{1,63}\\.){1,10}[\\p{L}]{2,63}(?::\\d{1,5})?\\/[^\\s<>"]*',
		"(?<![\\w.+-])[\\w.+-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,10}\\p{L}{2,63}",
	].join("|"),
	"giu",
);
/** What stands where an address was. */
const removed = "…";

/** The addresses in a text. */
export const linksOf = (text: string): string[] => (text.match(address) ?? []).map(withoutClosing);

/** Takes addresses away that none of the sources has, letter by letter: a model's own could carry data anywhere. */
export const withKnownLinks = (text: string, known: ReadonlySet<string>): string =>
	text.replace(address, (found) => {
		const link = withoutClosing(found);
		return known.has(link) ? found : removed + found.slice(link.length);
	});

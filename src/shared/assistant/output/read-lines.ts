import { RunFailed } from "../run-failed.ts";

/** No line of an answer is longer, in characters of JSON. */
const longestObject = 8_000;

/**
 * Finds the whole objects in the list of an answer such as `{"lines":[{…},{…}]}` while it is written: each is given out
 * with its last bracket. Throws RunFailed `bad-answer` for what is no JSON or goes on without end.
 */
export const createObjectReader = (): { push(piece: string): readonly unknown[] } => {
	let depth = 0;
	let isString = false;
	let isEscaped = false;
	let object: string | undefined;
	const readCharacter = (character: string, found: unknown[]): void => {
		if (isString) {
			if (isEscaped) isEscaped = false;
			else if (character === "\\") isEscaped = true;
			else if (character === '"') isString = false;
			return;
		}
		if (character === '"') isString = true;
		else if (character === "{" || character === "[") depth += 1;
		else if (character === "}" || character === "]") {
			depth -= 1;
			if (depth < 0) throw new RunFailed("bad-answer", { detail: "a bracket too many" });
			if (depth === 2 && object !== undefined) {
				found.push(parseObject(object));
				object = undefined;
			}
		}
	};
	return {
		push: (piece) => {
			const found: unknown[] = [];
			for (const character of piece) {
				if (depth === 2 && !isString && character === "{") object = "";
				if (object !== undefined) object += character;
				if (object !== undefined && object.length > longestObject) {
					throw new RunFailed("bad-answer", { detail: "a line without end" });
				}
				readCharacter(character, found);
			}
			return found;
		},
	};
};

const parseObject = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		throw new RunFailed("bad-answer", { detail: "a line is no JSON" });
	}
};

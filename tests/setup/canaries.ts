import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { repositoryRoot } from "../../tools/house/repository-root.ts";

const canary = z.object({
	/** Stands in its text, so that it is seen which one reached a prompt. */
	id: z.string().regex(/^K\d{3}$/),
	kind: z.string(),
	/** Where somebody would put it. */
	place: z.enum(["message", "name", "file-name", "topic", "passage"]),
	text: z.string().min(1),
	/** What a model writes that does what it is told there. Words in braces: see worst-case-model.ts. */
	obeyed: z.array(z.string()).min(1),
});

/** Words that want a model to do something else than it was asked for. */
export type Canary = z.infer<typeof canary>;

/** All of them, of our own making: tests/fixtures/assistant/canaries.json. */
export const readCanaries = (): readonly Canary[] => {
	const path = join(repositoryRoot, "tests/fixtures/assistant/canaries.json");
	return z.object({ canaries: z.array(canary) }).parse(JSON.parse(readFileSync(path, "utf8"))).canaries;
};

import { useState } from "react";
import { failureOf } from "../../client/trpc/errors.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { WireDocSource } from "../../shared/wire/assistant.ts";
import { passageBlocks } from "./passage-blocks.ts";
import type { PassageDialogProps } from "./passage-dialog-view.tsx";

/** The part of a document that is looked at. */
export function usePassage() {
	const [source, setSource] = useState<WireDocSource | undefined>();
	const asked = source ?? { document: "-", heading: "-" };
	const passage = trpc.assistant.passage.useQuery(asked, {
		enabled: source !== undefined,
		staleTime: Number.POSITIVE_INFINITY,
	});
	const dialog: PassageDialogProps | undefined = source && {
		source,
		blocks: passage.data && passageBlocks(passage.data.words),
		error: passage.error === null ? undefined : failureText(failureOf(passage.error).code),
		onClose: () => setSource(undefined),
	};
	return { dialog, onPassage: setSource };
}

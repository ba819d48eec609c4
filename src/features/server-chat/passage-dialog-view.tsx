import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { WireDocSource } from "../../shared/wire/assistant.ts";
import type { PassageBlock } from "./passage-blocks.ts";

export interface PassageDialogProps {
	readonly source: WireDocSource;
	/** Absent: it is on its way. */
	readonly blocks: readonly PassageBlock[] | undefined;
	readonly error: string | undefined;
	readonly onClose: () => void;
}

/** A part of Kith's own documents, as plain words. */
export function PassageDialogView({ source, blocks, error, onClose }: PassageDialogProps) {
	return (
		<Dialog
			title={source.heading}
			lead={text("support.passageFrom", { document: source.document })}
			error={error}
			onClose={onClose}
			actions={<Button onClick={onClose}>{text("common.close")}</Button>}
		>
			{blocks === undefined && error === undefined && <SkeletonRows count={2} label={text("common.loading")} />}
			{blocks !== undefined && (
				<div className="passage">
					{blocks.map(({ key, kind, words }) => (
						<Block key={key} kind={kind} words={words} />
					))}
				</div>
			)}
		</Dialog>
	);
}

function Block({ kind, words }: Pick<PassageBlock, "kind" | "words">) {
	if (kind === "code") return <pre>{words}</pre>;
	return <p className={kind === "item" ? "is-item" : undefined}>{words}</p>;
}

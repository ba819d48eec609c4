import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import { AiBadge } from "./ai-badge-view.tsx";

export interface TranslationProps {
	readonly place: AiPlace;
	/** What is translated so far. */
	readonly words: string;
	readonly isWriting: boolean;
	readonly problem: string | undefined;
	readonly onRetry: () => void;
	readonly onClose: () => void;
}

/** A message in another language. */
export function TranslationView({ place, words, isWriting, problem, onRetry, onClose }: TranslationProps) {
	return (
		<Dialog
			title={text("writing.translated")}
			error={problem}
			onClose={onClose}
			actions={
				<>
					{problem !== undefined && (
						<Button look="second" onClick={onRetry}>
							{text("common.retry")}
						</Button>
					)}
					<Button onClick={onClose}>{text("common.close")}</Button>
				</>
			}
		>
			<div className="dialog-part">
				<AiBadge place={place} />
				<p className="offer-words" dir="auto" aria-live="polite" aria-busy={isWriting}>
					{words === "" && isWriting ? text("run.writing") : words}
				</p>
			</div>
		</Dialog>
	);
}

import { Cpu, LoaderCircle, Undo2, X } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { text } from "../../shared/text/text.ts";

export interface OfferProps {
	readonly title: string;
	readonly host: string;
	/** What is written so far. */
	readonly words: string;
	readonly state: OfferState;
	/** Puts it where the person writes. */
	readonly onTake: () => void;
	readonly onUndo: () => void;
	readonly onStop: () => void;
	readonly onDrop: () => void;
	readonly onRetry: () => void;
}

export type OfferState =
	| { readonly kind: "writing" | "ready" | "taken" }
	| { readonly kind: "failed"; readonly problem: string };

/** Over the composer: a text that the assistant wrote. It goes in by a tap, and out again by another one. */
export function OfferView({ title, host, words, state, ...on }: OfferProps) {
	if (state.kind === "taken") {
		return (
			<div className="replies">
				<p className="replies-note">
					<span role="status">{text("writing.taken")}</span>
					<button type="button" className="text-button" onClick={on.onUndo}>
						<Icon of={Undo2} size={14} />
						{text("writing.undo")}
					</button>
					<IconButton icon={X} label={text("common.close")} onClick={on.onDrop} />
				</p>
			</div>
		);
	}
	const isWriting = state.kind === "writing";
	return (
		<section className="replies" aria-label={title}>
			<div className="offer">
				<p className="offer-head">
					<Icon of={isWriting ? LoaderCircle : Cpu} size={14} isSpinning={isWriting} />
					<span role="status">{text("writing.by", { what: title, host })}</span>
					<IconButton icon={X} label={text("writing.drop")} onClick={on.onDrop} />
				</p>
				{words !== "" && (
					<p className="offer-words" dir="auto">
						{words}
					</p>
				)}
				<FormError message={state.kind === "failed" ? state.problem : undefined} />
				<div className="offer-actions">
					{state.kind === "failed" && (
						<Button look="second" size="small" onClick={on.onRetry}>
							{text("common.retry")}
						</Button>
					)}
					{isWriting && (
						<Button look="second" size="small" onClick={on.onStop}>
							{text("run.stop")}
						</Button>
					)}
					{state.kind === "ready" && (
						<Button size="small" onClick={on.onTake}>
							{text("writing.take")}
						</Button>
					)}
				</div>
			</div>
		</section>
	);
}

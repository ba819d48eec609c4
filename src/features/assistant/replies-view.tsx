import { Cpu, LoaderCircle, X } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";

export type RepliesState =
	| { readonly kind: "none" | "writing" }
	| { readonly kind: "ready"; readonly replies: readonly string[] }
	| { readonly kind: "failed"; readonly words: string };

export interface RepliesProps {
	readonly state: RepliesState;
	readonly host: string;
	readonly onAsk: () => void;
	/** Puts an answer into the composer; nothing is sent. */
	readonly onPick: (reply: string) => void;
	readonly onDismiss: () => void;
}

/** Over the composer: answers to choose from, once they were asked for. */
export function RepliesView({ state, host, onAsk, onPick, onDismiss }: RepliesProps) {
	if (state.kind === "none") {
		return (
			<div className="replies">
				<button type="button" className="replies-note replies-ask" onClick={onAsk}>
					<Icon of={Cpu} size={14} />
					{text("replies.ask")}
				</button>
			</div>
		);
	}
	const words = {
		writing: text("replies.writing"),
		ready: text("replies.from", { host }),
		failed: state.kind === "failed" ? state.words : "",
	};
	return (
		<section className="replies" aria-label={text("replies.label")}>
			<p className="replies-note">
				<Icon of={state.kind === "writing" ? LoaderCircle : Cpu} size={14} isSpinning={state.kind === "writing"} />
				<span role="status">{words[state.kind]}</span>
				{state.kind === "failed" && (
					<button type="button" className="text-button" onClick={onAsk}>
						{text("common.retry")}
					</button>
				)}
				<IconButton icon={X} label={text("replies.dismiss")} onClick={onDismiss} />
			</p>
			{state.kind === "ready" && (
				<ul>
					{state.replies.map((reply) => (
						<li key={reply}>
							<button type="button" className="reply" dir="auto" onClick={() => onPick(reply)}>
								{reply}
							</button>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

import { type FormEvent, useState } from "react";
import { Modal } from "../../components/modal.tsx";
import { text } from "../../shared/text/text.ts";
import { emojiIn } from "./emoji-in.ts";
import type { MessageActions } from "./message-actions.ts";
import { QuickReactionsView } from "./quick-reactions-view.tsx";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

export interface ReactionPickerProps {
	readonly message: MessageSnapshot;
	readonly actions: MessageActions;
	readonly anchor: HTMLElement | undefined;
	readonly onClose: () => void;
}

/** The usual reactions, and a field for any other: the keyboard's own emoji, in its own order and skin tones. */
export function ReactionPickerView({ message, actions, anchor, onClose }: ReactionPickerProps) {
	const [isRefused, setRefused] = useState(false);
	const { eventId } = message;
	if (eventId === undefined) return null;
	const react = (key: string) => {
		onClose();
		actions.onReact(eventId, key);
	};
	const onInput = (event: FormEvent<HTMLInputElement>) => {
		const emoji = emojiIn(event.currentTarget.value);
		if (emoji !== undefined) react(emoji);
		else setRefused(event.currentTarget.value.trim() !== "");
	};
	return (
		<Modal className="menu-dialog" label={text("message.react")} onClose={onClose} anchor={anchor}>
			<div className="menu menu-wide">
				<div className="grip" />
				<QuickReactionsView message={message} reactions={actions.frequentReactions} onReact={react} />
				<div className="menu-line" />
				<label className="emoji-field">
					<span>{text("message.reactAny")}</span>
					<span className="input">
						<input type="text" autoComplete="off" enterKeyHint="done" aria-invalid={isRefused} onInput={onInput} />
					</span>
				</label>
				<p className="emoji-hint" role="status">
					{isRefused ? text("message.reactOnlyEmoji") : text("message.reactHint")}
				</p>
			</div>
		</Modal>
	);
}

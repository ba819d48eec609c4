import { CornerDownLeft } from "lucide-react";
import type { FormEvent } from "react";
import { FormError } from "../../components/form-error.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { text } from "../../shared/text/text.ts";

export interface AskProps {
	/** Absent: about one chat. */
	readonly label?: string;
	readonly question: string;
	readonly canAsk: boolean;
	readonly problem: string | undefined;
	readonly onQuestion: (question: string) => void;
	readonly onAsk: () => void;
}

const longest = 1000;

/** Where a question about the chat is asked. */
export function AskView({ label = text("ask.label"), question, canAsk, problem, onQuestion, onAsk }: AskProps) {
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (canAsk) onAsk();
	};
	return (
		<form onSubmit={submit}>
			<FormError message={problem} />
			<div className="input ask-field">
				<input
					type="text"
					aria-label={label}
					placeholder={label}
					maxLength={longest}
					enterKeyHint="send"
					value={question}
					onChange={(event) => onQuestion(event.target.value)}
				/>
				<IconButton type="submit" icon={CornerDownLeft} flips label={text("ask.send")} aria-disabled={!canAsk} />
			</div>
		</form>
	);
}

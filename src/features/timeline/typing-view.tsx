import { Avatar } from "../../components/avatar.tsx";
import type { Writer } from "./list-props.ts";

export interface TypingProps {
	readonly writers: readonly Writer[];
	/** False in a direct chat: there is only one other. */
	readonly hasFaces: boolean;
}

/** The bubble of those who are writing. Who they are stands under the name of the chat, and is read out from there. */
export function TypingView({ writers: [first], hasFaces }: TypingProps) {
	if (first === undefined) return null;
	return (
		<div className="typing" aria-hidden="true">
			{hasFaces && <Avatar id={first.userId} name={first.name} size={32} />}
			<span className="bubble">
				<i />
				<i />
				<i />
			</span>
		</div>
	);
}

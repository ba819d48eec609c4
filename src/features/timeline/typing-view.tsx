import { Avatar } from "../../components/avatar.tsx";
import type { Writer } from "./list-props.ts";

export interface TypingProps {
	readonly writers: readonly Writer[];
	/** False in a direct chat: there is only one other. */
	readonly hasFaces: boolean;
}

const mostFaces = 3;

/** The bubble of those who are writing. Who they are stands under the name of the chat, and is read out from there. */
export function TypingView({ writers, hasFaces }: TypingProps) {
	if (writers.length === 0) return null;
	return (
		<div className="typing" aria-hidden="true">
			{hasFaces &&
				writers
					.slice(0, mostFaces)
					.map(({ userId, name }) => <Avatar id={userId} name={name} key={userId} size={32} />)}
			<span className="bubble">
				<i />
				<i />
				<i />
			</span>
		</div>
	);
}

import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";

export interface PersonLineProps {
	readonly userId: string;
	readonly name: string;
	readonly picture?: string | undefined;
	readonly isChosen?: boolean;
	readonly onChoose: () => void;
	readonly end?: ReactNode;
}

/** A person to choose. With `isChosen` it is one of several, and says whether it is in. */
export function PersonLine({ userId, name, picture, isChosen, onChoose, end }: PersonLineProps) {
	return (
		<button type="button" className="line line-2" aria-pressed={isChosen} onClick={onChoose}>
			<Avatar id={userId} name={name} picture={picture} size={40} />
			<span className="line-text">
				{name}
				<small>{userId}</small>
			</span>
			{isChosen === true && (
				<span className="line-check">
					<Icon of={Check} />
				</span>
			)}
			{end}
		</button>
	);
}

import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar, type AvatarProps } from "./avatar.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export interface PictureLineProps
	extends Pick<AvatarProps, "id" | "name" | "picture" | "size" | "isSpace" | "isOnline"> {
	/** What stands beside the picture; absent: the name. */
	readonly title?: ReactNode;
	/** What is known besides, under it. */
	readonly detail?: string | undefined;
	/** With `onChoose` it is one of several, and says whether it is in. */
	readonly isChosen?: boolean | undefined;
	/** Present: all of it is a button. */
	readonly onChoose?: () => void;
	/** Stands at the end. */
	readonly children?: ReactNode;
}

/** A person or a room in a list: the picture, what they are called, and what can be done. */
export function PictureLine({ title, detail, isChosen, onChoose, children, ...who }: PictureLineProps) {
	const content = (
		<>
			<Avatar size={40} {...who} />
			<span className="line-text">
				{title || who.name}
				{detail !== undefined && <small>{detail}</small>}
			</span>
			{isChosen === true && (
				<span className="line-check">
					<Icon of={Check} />
				</span>
			)}
			{children}
		</>
	);
	const look = classNames("line line-2", onChoose === undefined && "line-still");
	return onChoose === undefined ? (
		<div className={look}>{content}</div>
	) : (
		<button type="button" className={look} aria-pressed={isChosen} onClick={onChoose}>
			{content}
		</button>
	);
}

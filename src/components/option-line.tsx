import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "./class-names.ts";

export interface OptionLineProps {
	/** What the field that has the focus names as active. */
	readonly id: string;
	readonly isActive: boolean;
	/** A picture or an icon, 32 wide. */
	readonly picture: ReactNode;
	readonly name: string;
	readonly detail: string;
	readonly onChoose: () => void;
}

/** A line of a list that a field above it leads through. The focus stays in the field. */
export function OptionLine({ id, isActive, picture, name, detail, onChoose }: OptionLineProps) {
	"use no memo";
	const row = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (isActive) row.current?.scrollIntoView({ block: "nearest" });
	}, [isActive]);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the focus and the keys.
		<div
			ref={row}
			id={id}
			role="option"
			aria-selected={isActive}
			className={classNames("option", isActive && "is-active")}
			onPointerDown={(event) => event.preventDefault()}
			onClick={onChoose}
		>
			{picture}
			<span className="option-name">{name}</span>
			<span className="option-detail">{detail}</span>
		</div>
	);
}

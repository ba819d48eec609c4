import type { LucideIcon } from "lucide-react";
import { classNames } from "./class-names.ts";

export interface IconProps {
	readonly of: LucideIcon;
	/** Pixels: 14, 16, 18 or 24; absent: 20. */
	readonly size?: 14 | 16 | 18 | 24;
	/** True: the icon points along the line, so it turns around where text runs from right to left. */
	readonly flips?: boolean;
	readonly isSpinning?: boolean;
}

/** A line icon. It is decoration: the words beside it, or the button's label, carry the meaning. */
export function Icon({ of: Shape, size, flips = false, isSpinning = false }: IconProps) {
	"use no memo";
	return (
		<Shape
			className={classNames("i", size && `i-${size}`, flips && "i-flip", isSpinning && "spin")}
			aria-hidden="true"
			strokeWidth="var(--icon-stroke)"
		/>
	);
}

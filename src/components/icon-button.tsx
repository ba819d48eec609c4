import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
	readonly icon: LucideIcon;
	/** What the button does: its accessible name and its tooltip. */
	readonly label: string;
	readonly flips?: boolean;
}

export function IconButton({ icon, label, flips = false, className, ...rest }: IconButtonProps) {
	"use no memo";
	return (
		<button type="button" title={label} {...rest} className={classNames("icon-button", className)} aria-label={label}>
			<Icon of={icon} flips={flips} />
		</button>
	);
}

import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export interface ButtonProps extends ComponentProps<"button"> {
	readonly look?: "primary" | "second" | "quiet" | "danger" | "danger-quiet";
	readonly size?: "small" | "large";
	readonly isWide?: boolean;
	/** True: shows that it works, and takes no second press. */
	readonly isBusy?: boolean;
}

export function Button({ look = "primary", size, isWide, isBusy, children, className, ...rest }: ButtonProps) {
	"use no memo";
	return (
		<button
			type="button"
			{...rest}
			className={classNames("button", `button-${look}`, size && `button-${size}`, isWide && "button-wide", className)}
			aria-busy={isBusy === true}
			aria-disabled={isBusy === true}
			onClick={isBusy === true ? (event) => event.preventDefault() : rest.onClick}
		>
			{isBusy === true && <Icon of={LoaderCircle} size={18} isSpinning />}
			{children}
		</button>
	);
}

import { Check, CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "prefix"> {
	readonly label: string;
	readonly before?: ReactNode;
	readonly after?: ReactNode;
	readonly hint?: string | undefined;
	readonly hintKind?: "plain" | "ok" | "bad";
}

/** A labelled line of input with what belongs to it; its hint is read together with the field. */
export function TextField({ label, before, after, hint, hintKind = "plain", ...rest }: TextFieldProps) {
	const id = useId();
	const hintId = `${id}-hint`;
	return (
		<div className="field">
			<label htmlFor={id}>{label}</label>
			<div className={classNames("input", hintKind === "bad" && "is-bad")}>
				{before}
				<input
					autoCapitalize="none"
					spellCheck={false}
					{...rest}
					id={id}
					aria-invalid={hintKind === "bad"}
					aria-describedby={hint === undefined ? undefined : hintId}
				/>
				{after}
			</div>
			{hint !== undefined && (
				<p className={classNames("hint", hintKind !== "plain" && `hint-${hintKind}`)} id={hintId} aria-live="polite">
					{hintKind === "ok" && <Icon of={Check} size={14} />}
					{hintKind === "bad" && <Icon of={CircleAlert} size={14} />}
					{hint}
				</p>
			)}
		</div>
	);
}

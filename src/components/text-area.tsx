import { type ComponentProps, useId } from "react";

export interface TextAreaProps extends ComponentProps<"textarea"> {
	readonly label: string;
	readonly hint?: string | undefined;
}

/** A labelled field for some sentences. */
export function TextArea({ label, hint, ...rest }: TextAreaProps) {
	const id = useId();
	return (
		<div className="field">
			<label htmlFor={id}>{label}</label>
			<div className="input">
				<textarea rows={3} {...rest} id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
			</div>
			{hint !== undefined && (
				<p className="hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
		</div>
	);
}

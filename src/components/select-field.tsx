import { useId } from "react";

export interface SelectFieldProps<Value extends string> {
	readonly label: string;
	readonly value: Value;
	readonly options: readonly { readonly value: Value; readonly label: string }[];
	readonly hint?: string;
	readonly onChoose: (value: Value) => void;
}

/** One of a few, in the platform's own list. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
	const id = useId();
	const choose = (chosen: string) => {
		const option = props.options.find(({ value }) => value === chosen);
		if (option !== undefined) props.onChoose(option.value);
	};
	return (
		<div className="field">
			<label htmlFor={id}>{props.label}</label>
			<div className="input">
				<select
					id={id}
					value={props.value}
					aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
					onChange={(event) => choose(event.target.value)}
				>
					{props.options.map(({ value, label }) => (
						<option key={value} value={value}>
							{label}
						</option>
					))}
				</select>
			</div>
			{props.hint !== undefined && (
				<p className="hint" id={`${id}-hint`}>
					{props.hint}
				</p>
			)}
		</div>
	);
}

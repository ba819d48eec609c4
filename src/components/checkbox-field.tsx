import { useId } from "react";

export interface CheckboxFieldProps {
	readonly label: string;
	readonly hint?: string;
	readonly isChecked: boolean;
	readonly onCheck: (isChecked: boolean) => void;
}

/** Yes or no, with what it means. */
export function CheckboxField({ label, hint, isChecked, onCheck }: CheckboxFieldProps) {
	const id = useId();
	return (
		<label className="check-line" htmlFor={id}>
			<input
				className="check"
				id={id}
				type="checkbox"
				checked={isChecked}
				onChange={(event) => onCheck(event.target.checked)}
			/>
			<span>
				{label}
				{hint !== undefined && <small>{hint}</small>}
			</span>
		</label>
	);
}

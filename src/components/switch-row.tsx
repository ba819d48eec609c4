import { useId } from "react";

export interface SwitchRowProps {
	readonly label: string;
	readonly hint: string;
	readonly isOn: boolean;
	readonly isDisabled?: boolean;
	readonly onChange: (isOn: boolean) => void;
}

/** Something that is on or off, with what that means under it. */
export function SwitchRow({ label, hint, isOn, isDisabled = false, onChange }: SwitchRowProps) {
	const id = useId();
	return (
		<div className="settings-row">
			<label className="settings-words" htmlFor={id}>
				{label}
				<small id={`${id}-hint`}>{hint}</small>
			</label>
			<input
				id={id}
				type="checkbox"
				role="switch"
				className="switch"
				checked={isOn}
				aria-checked={isOn}
				disabled={isDisabled}
				aria-describedby={`${id}-hint`}
				onChange={(event) => onChange(event.currentTarget.checked)}
			/>
		</div>
	);
}

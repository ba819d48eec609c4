import type { LucideIcon } from "lucide-react";
import { useId } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export interface Choice<Value extends string> {
	readonly value: Value;
	readonly label: string;
	readonly hint?: string;
	readonly icon?: LucideIcon;
}

export interface ChoiceGroupProps<Value extends string> {
	/** What is chosen: the accessible name of the group. */
	readonly label: string;
	readonly choices: readonly Choice<Value>[];
	readonly value: Value;
	readonly isDisabled?: boolean;
	/** True: beside each other, where there is room. */
	readonly isInRow?: boolean;
	readonly onChoose: (value: Value) => void;
}

/** One of several: arrow keys move the choice. */
export function ChoiceGroup<Value extends string>(props: ChoiceGroupProps<Value>) {
	const name = useId();
	return (
		<fieldset
			className={classNames("choices", props.isInRow === true && "choices-row")}
			aria-label={props.label}
			disabled={props.isDisabled}
		>
			{props.choices.map(({ value, label, hint, icon }) => (
				<label className="choice" key={value}>
					{icon !== undefined && <Icon of={icon} />}
					<span className="choice-words">
						<b>{label}</b>
						{hint !== undefined && <small>{hint}</small>}
					</span>
					<input
						className="radio"
						type="radio"
						name={name}
						checked={value === props.value}
						onChange={() => props.onChoose(value)}
					/>
				</label>
			))}
		</fieldset>
	);
}

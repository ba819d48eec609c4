import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { Icon } from "./icon.tsx";

export interface SearchFieldProps extends Omit<ComponentProps<"input">, "type" | "placeholder" | "onChange"> {
	readonly label: string;
	readonly onText: (text: string) => void;
	/** Keys that lead to a wider search, shown while the field is empty. */
	readonly keys?: readonly string[];
}

export function SearchField({ label, onText, keys = [], ...rest }: SearchFieldProps) {
	"use no memo";
	return (
		<label className="search">
			<Icon of={Search} size={18} />
			<span className="visually-hidden">{label}</span>
			<input
				autoComplete="off"
				autoCapitalize="none"
				spellCheck={false}
				{...rest}
				type="search"
				placeholder={label}
				onChange={(event) => onText(event.target.value)}
			/>
			{keys.length > 0 && rest.value === "" && (
				<span className="search-keys" aria-hidden="true">
					{keys.map((key) => (
						<kbd key={key}>{key}</kbd>
					))}
				</span>
			)}
		</label>
	);
}

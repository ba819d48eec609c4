import { useState } from "react";
import { text } from "../shared/text/text.ts";
import { TextField, type TextFieldProps } from "./text-field.tsx";

/** A password that its owner can look at. */
export function PasswordField(props: Omit<TextFieldProps, "type" | "after">) {
	const [isShown, setShown] = useState(false);
	return (
		<TextField
			{...props}
			type={isShown ? "text" : "password"}
			after={
				<button
					type="button"
					className="text-button"
					aria-label={text(isShown ? "password.hideLabel" : "password.showLabel")}
					onClick={() => setShown(!isShown)}
				>
					{text(isShown ? "password.hide" : "password.show")}
				</button>
			}
		/>
	);
}

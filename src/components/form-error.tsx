import { CircleAlert } from "lucide-react";
import { Icon } from "./icon.tsx";

/** Why a form or an action did not work. */
export function FormError({ message }: { readonly message: string | undefined }) {
	return (
		<div role="alert">
			{message !== undefined && (
				<p className="form-error">
					<Icon of={CircleAlert} size={18} />
					{message}
				</p>
			)}
		</div>
	);
}

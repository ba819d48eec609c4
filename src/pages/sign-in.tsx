import { PageTitle } from "../components/page-title.tsx";
import { SignInView } from "../features/account/sign-in-view.tsx";
import { useSignIn } from "../features/account/sign-in-view-model.ts";
import { text } from "../shared/text/text.ts";

export default function SignInPage() {
	const model = useSignIn();
	return (
		<>
			<PageTitle page={text("signIn.submit")} />
			<SignInView {...model} />
		</>
	);
}

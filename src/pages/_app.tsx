import "../styles/app.css";
import type { AppProps } from "next/app";
import Head from "next/head";
import { followAppearance } from "../client/appearance/kept-appearance.ts";
import { allowOwnScripts } from "../client/security/script-addresses.ts";
import { text } from "../shared/text/text.ts";

allowOwnScripts();
followAppearance();

export default function App({ Component, pageProps }: AppProps) {
	return (
		<>
			<Head>
				<title>{text("app.name")}</title>
				<meta
					name="viewport"
					content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
				/>
			</Head>
			<Component {...pageProps} />
		</>
	);
}

const known = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** The language that the person reads, as the browser names it. */
export function ownLanguage(): string {
	const { language } = navigator;
	return known.test(language) && language.length <= 35 ? language : "en";
}

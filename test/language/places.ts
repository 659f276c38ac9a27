import { isPluralElement, isSelectElement, type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";

/** What a message has room for: the name of each value and how it is used, without what depends on the language. */
export function placesOf(message: string): readonly string[] {
  return [...new Set(elementPlaces(parse(message, { ignoreTag: true })))].toSorted();
}

function elementPlaces(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) return [];
    const inner = isPluralElement(element) || isSelectElement(element) ? Object.values(element.options) : [];
    return [placeOf(element), ...inner.flatMap((option) => elementPlaces(option.value))];
  });
}

function placeOf(element: Exclude<MessageFormatElement, { type: TYPE.literal | TYPE.pound | TYPE.tag }>): string {
  // A language may need no plural where another has one: the number alone is the same place.
  if (isPluralElement(element) || element.type === TYPE.number) return element.value;
  if (isSelectElement(element)) return `${element.value}: ${Object.keys(element.options).toSorted().join("|")}`;
  return element.value;
}

/** Plural forms that a message has for a number, each as the names of its cases. */
export function pluralsOf(message: string): readonly (readonly string[])[] {
  return pluralCases(parse(message, { ignoreTag: true }));
}

function pluralCases(elements: readonly MessageFormatElement[]): (readonly string[])[] {
  return elements.flatMap((element) => {
    if (!isPluralElement(element) && !isSelectElement(element)) return [];
    const inner = Object.values(element.options).flatMap((option) => pluralCases(option.value));
    return isPluralElement(element) ? [Object.keys(element.options), ...inner] : inner;
  });
}

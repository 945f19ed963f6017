//! What each kind of change means, on each side of a call: the one table of it.

use super::{
    Class::{
        self, Additive, BreakingForCallers as Callers, BreakingOnTheWire as Wire, Documentation as Docs,
    },
    Kind::{self, *},
    Side::{self, *},
};

const NEW: &str = "something more can be said or read";
const FAILURES: &str = "the SDK maps all failures by itself";
const UNUSED: &str = "no operation comes to it";
const MISSING: &str = "the SDK reads every key of an answer as one that may be missing or null";
const UNCHECKED: &str = "the SDK holds answers against no limits";
const REFUSED: &str = "the service may now refuse what it took";
const ACCEPTED: &str = "the service takes more than before";
const GONE: &str = "code that uses it no longer compiles";
const OTHER_TYPE: &str = "its type in Rust is another one";
const READ_BY_RELEASES: &str = "released versions read this of a failure";
const TOLD: &str = "nothing of requests or answers changes";
const NOT_JSON: &str = "the SDK speaks nothing but JSON";

/// What a change means where it stands on these sides: the most severe of what it means on each.
pub(super) fn rule(kind: Kind, sides: &[Side]) -> (Class, &'static str) {
    let mut worst = on(kind, *sides.first().unwrap_or(&Unused));
    for side in sides.iter().skip(1) {
        let here = on(kind, *side);
        if here.0 > worst.0 {
            worst = here;
        }
    }
    worst
}

#[rustfmt::skip]
fn on(kind: Kind, side: Side) -> (Class, &'static str) {
    match (kind, side) {
        // What the table does not know has to be looked at, used or not.
        (Other, _) => (Wire, "no rule is known for it: it has to be looked at"),
        (_, Unused) => (Docs, UNUSED),

        (SpecificationPatchChanged, _) => (Docs, "patches of the specification change no meaning"),
        (SpecificationChanged, _) => (Wire, "keywords may have another meaning: it has to be looked at"),
        (InfoVersionChanged | InfoChanged, _) => (Docs, TOLD),
        (ServerAdded, _) => (Additive, "the base URL can be set, so that it can be used at once"),
        (ServerRemoved, _) => (Wire, "calls to this host may no longer be answered"),
        (ServerUrlChanged, _) => (Wire, "released versions call the old address"),
        (ServerVariableChanged, _) => (Wire, "released versions may call an address that is no more"),
        (ServersReordered, _) => (Docs, "the addresses are the same"),
        (TagAdded | TagRemoved | TagsChanged, _) => (Docs, "the SDK takes no names from tags"),
        (OtherCredentialsRequired, _) => (Callers, "callers need credentials that they did not need before"),
        (SecurityTightened, _) => (Wire, "calls of released versions lack what it asks for"),
        (SecurityLoosened, _) => (Additive, "what was sent is still taken"),
        (SecuritySchemeAdded, _) => (Additive, "a scheme by itself asks for nothing"),
        (SecuritySchemeRemoved, _) => (Callers, "the credentials that callers hold are of this kind"),
        (SecuritySchemeChanged, _) => (Callers, "callers need credentials of another kind"),
        (SecuritySchemeDetailChanged, _) => (Wire, "released versions authenticate in the old way"),
        (BearerFormatChanged, _) => (Docs, "a hint for people by the specification"),
        (ComponentAdded | ComponentRemoved | ComponentRenamed, _) =>
            (Docs, "it has no type of its own; what it changes where it is used is reported there"),

        (OperationAdded, _) => (Additive, NEW),
        (OperationRemoved, _) => (Callers, GONE),
        (OperationRenamed, _) => (Callers, "the method of the bindings has another name"),
        (OperationMoved, _) => (Wire, "released versions call the old method and path"),
        (PathAdded | PathRemoved, _) => (Docs, "it has no operations"),
        (Deprecated, Failure) => (Docs, FAILURES),
        (Deprecated, _) => (Additive, "it goes on working; what it touches is to be marked #[deprecated]"),
        (Undeprecated, _) => (Docs, "a warning goes"),
        (CallbackChanged, _) => (Docs, "the SDK is called by nobody"),

        (ParameterAdded, _) => (Additive, NEW),
        (RequiredParameterAdded, _) => (Callers, "callers have to give it"),
        (ParameterRemoved, _) => (Callers, GONE),
        (ParameterRenamed, _) => (Wire, "released versions send it under the old name"),
        (PathParameterRenamed, _) => (Docs, "in a path the position counts, not the name"),
        (ParameterMoved, _) => (Wire, "released versions send it in the old place"),
        (ParameterRequired, Request) => (Callers, "callers have to give it"),
        (ParameterRequired | ParameterOptional, Failure) => (Docs, FAILURES),
        (ParameterRequired | ParameterOptional, Answer) => (Docs, MISSING),
        (ParameterRequired, _) => (Callers, "callers have to give it"),
        (ParameterOptional, _) => (Additive, "it may be left out now"),
        (ParameterStyleChanged, Failure) => (Docs, FAILURES),
        (ParameterStyleChanged, _) => (Wire, "released versions write it in the old way"),
        (HeaderAdded | HeaderRemoved, Failure) => (Docs, FAILURES),
        (HeaderAdded, _) => (Additive, NEW),
        (HeaderRemoved, _) => (Wire, "code that looks for it finds it no more"),

        (RequestBodyAdded, _) => (Additive, NEW),
        (RequiredRequestBodyAdded | RequestBodyRequired, _) => (Callers, "callers have to give it"),
        (RequestBodyRemoved, _) => (Callers, GONE),
        (RequestBodyOptional, _) => (Additive, "it may be left out now"),
        (ContentTypeAdded | ContentTypeRemoved | ContentTypeChanged | EncodingChanged, Failure) => (Docs, FAILURES),
        (ContentTypeAdded, _) => (Additive, NEW),
        (ContentTypeRemoved | ContentTypeChanged, Request) => (Wire, "released versions send the old type"),
        (ContentTypeRemoved | ContentTypeChanged, _) => (Wire, "released versions read the old type only"),
        (EncodingChanged, _) => (Wire, "released versions use the old encoding"),
        (ResponseAdded | ResponseRemoved, Failure) => (Docs, FAILURES),
        (ResponseAdded, _) => (Wire, "released versions read every success as the one that they know"),
        (ResponseRemoved, _) => (Callers, "what callers got from it is gone"),
        (StatusChanged, _) => (Docs, "every status from 200 to 299 is a success for the SDK, and others are failures"),
        (LinkChanged, _) => (Docs, "the SDK follows no links"),

        (SchemaAdded, Failure) => (Docs, FAILURES),
        (SchemaAdded, _) => (Additive, "a type more"),
        (SchemaRemoved | SchemaRenamed, Failure) => (Docs, FAILURES),
        (SchemaRemoved, _) => (Callers, "its type in Rust is gone"),
        (SchemaRenamed, _) => (Callers, "its type in Rust has another name"),
        (SchemaInlined | SchemaNamed, Failure) => (Docs, FAILURES),
        (SchemaInlined | SchemaNamed, _) =>
            (Callers, "the JSON is the same, but a public type of the bindings goes or comes with another name"),
        (TypeChanged, Failure) => (Wire, READ_BY_RELEASES),
        (TypeChanged, _) => (Callers, OTHER_TYPE),
        (FormatChanged | TypedFormatChanged, Request) => (Wire, REFUSED),
        (FormatRemoved | TypedFormatRemoved, Request) => (Additive, ACCEPTED),
        (FormatChanged | FormatRemoved | TypedFormatChanged | TypedFormatRemoved, Failure) => (Docs, FAILURES),
        (TypedFormatChanged | TypedFormatRemoved, _) => (Callers, OTHER_TYPE),
        (FormatChanged | FormatRemoved, _) => (Docs, "the type in Rust is the same"),
        (FieldAdded | RequiredFieldAdded, Failure) => (Docs, FAILURES),
        (RequiredFieldAdded, Request) => (Callers, "callers have to give it"),
        (FieldAdded | RequiredFieldAdded, _) => (Additive, NEW),
        (FieldRemoved, Failure) => (Wire, READ_BY_RELEASES),
        (FieldRemoved, _) => (Callers, GONE),
        (FieldRequired, Request) => (Callers, "callers have to give it"),
        (FieldOptional, Request) => (Additive, "it may be left out now"),
        (FieldRequired | FieldOptional, _) => (Docs, MISSING),
        (PayloadKeyChanged, _) => (Wire, "released versions look for the payload under the old key"),
        (NullableAllowed, Request) => (Additive, ACCEPTED),
        (NullableForbidden, Request) => (Wire, REFUSED),
        (NullableAllowed | NullableForbidden, _) => (Docs, MISSING),
        (ReadOnlySet, Request) => (Wire, REFUSED),
        (ReadOnlyUnset, Request) => (Additive, ACCEPTED),
        (ReadOnlySet | ReadOnlyUnset, _) => (Docs, "it says what may be sent, and this comes back"),
        (WriteOnlySet, Answer) => (Callers, "code that relies on it gets it no more"),
        (WriteOnlyUnset, Answer) => (Additive, NEW),
        (WriteOnlySet | WriteOnlyUnset, Failure) => (Docs, FAILURES),
        (WriteOnlySet | WriteOnlyUnset, _) => (Docs, "it says what comes back, and this is sent"),
        (DefaultChanged, Request) => (Wire, "what is left out now means something else to the service"),
        (DefaultAdded | DefaultRemoved, Request) => (Docs, "the SDK sends no defaults; what the service does is told, not changed"),
        (DefaultChanged | DefaultAdded | DefaultRemoved, _) => (Docs, "the SDK fills in no defaults"),
        (EnumValueAdded | EnumOpened, Request) => (Additive, ACCEPTED),
        (EnumValueRemoved | EnumClosed, Request) => (Wire, REFUSED),
        (EnumValueAdded | EnumOpened, Answer) => (Additive, "the SDK's enums are open: released versions keep the value as text"),
        (EnumValueRemoved | EnumClosed, Answer) => (Docs, "the SDK's enums are open: what comes is still read"),
        (EnumValueAdded | EnumOpened | EnumValueRemoved | EnumClosed, _) => (Docs, FAILURES),
        (LimitAdded | LimitTightened, Request) => (Wire, REFUSED),
        (LimitRemoved | LimitLoosened, Request) => (Additive, ACCEPTED),
        (LimitAdded | LimitTightened | LimitRemoved | LimitLoosened, _) => (Docs, UNCHECKED),
        (ExtraFieldsClosed, Request) => (Wire, REFUSED),
        (ExtraFieldsOpened, Request) => (Additive, ACCEPTED),
        (ExtraFieldsClosed | ExtraFieldsOpened, _) => (Docs, "the SDK keeps or skips unknown keys as they come"),
        (AlternativeAdded, Request) => (Additive, ACCEPTED),
        (AlternativeAdded | AlternativeRemoved, Failure) => (Docs, FAILURES),
        (AlternativeAdded, _) => (Callers, "a public enum of the bindings has one more variant"),
        (AlternativeRemoved, _) => (Callers, GONE),
        (CompositionChanged, Failure) => (Wire, READ_BY_RELEASES),
        (CompositionChanged, _) => (Callers, OTHER_TYPE),
        (PartAdded, Request) => (Wire, REFUSED),
        (PartRemoved, Request) => (Additive, ACCEPTED),
        (PartAdded | PartRemoved, Failure) => (Docs, FAILURES),
        (PartAdded | PartRemoved, _) => (Docs, UNCHECKED),
        (NotChanged, Request) => (Wire, REFUSED),
        (NotRemoved, Request) => (Additive, ACCEPTED),
        (NotChanged | NotRemoved, _) => (Docs, UNCHECKED),
        (DiscriminatorChanged, Failure) => (Docs, FAILURES),
        (DiscriminatorChanged, _) => (Wire, "released versions tell the alternatives apart in the old way"),
        (XmlChanged, _) => (Docs, NOT_JSON),

        (ResultCodeAdded, _) => (Additive, "released versions keep it as its number or word"),
        (ResultCodeRemoved, _) => (Docs, "the SDK goes on to know it"),
        (ResultCodeReworded, _) => (Docs, TOLD),
        (ResultCodeChanged, _) => (Wire, "released versions give the old advice on it"),

        (DescriptionChanged | SummaryChanged | ExampleChanged | ExternalDocsChanged, _) => (Docs, TOLD),
        (TitleChanged, _) => (Docs, "the JSON is the same; a type of the bindings may get its name from it"),
        (ExtensionChanged, _) => (Docs, "the SDK does not know this extension"),
    }
}

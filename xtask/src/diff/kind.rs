//! What can happen to a document.

use serde::Serialize;

/// For each kind its label, and the sentence of it in a changelog.
macro_rules! kinds {
    ($($kind:ident $label:literal $sentence:literal;)*) => {
        /// What has happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind {
            $(#[doc = concat!("In words: ", $label, ".")] $kind,)*
        }

        impl Kind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// In words.
            pub fn label(self) -> &'static str {
                match self { $(Self::$kind => $label,)* }
            }

            /// A sentence with `{name}`, `{old}` and `{new}` to be filled in.
            pub(super) fn sentence(self) -> &'static str {
                match self { $(Self::$kind => $sentence,)* }
            }
        }
    };
}

kinds! {
    // The document as a whole.
    SpecificationPatchChanged "patch of the specification changed" "The document is written in OpenAPI {new}.";
    SpecificationChanged "version of the specification changed" "The document is written in OpenAPI {new}, it was {old}.";
    InfoVersionChanged "version of the document changed" "The version of the document is {new}, it was {old}.";
    InfoChanged "information changed" "{name} changed.";
    ServerAdded "server added" "The service can be reached under {new}.";
    ServerRemoved "server removed" "The service is no longer to be reached under {old}.";
    ServerUrlChanged "address of a server changed" "The service is reached under {new}, it was {old}.";
    ServerVariableChanged "variable of a server changed" "{name} changed.";
    ServersReordered "order of the servers changed" "The servers stand in another order.";
    TagAdded "tag added" "The tag {new} is new.";
    TagRemoved "tag removed" "The tag {old} is gone.";
    TagsChanged "tags of an operation changed" "{name} has the tags {new}.";
    SecurityTightened "more asked of the credentials" "{name} asks for {new}, it was {old}.";
    OtherCredentialsRequired "other credentials required" "{name} asks for {new}, it was {old}.";
    SecurityLoosened "credentials no longer required" "{name} also takes {new}, it was {old}.";
    SecuritySchemeAdded "way to authenticate added" "{name} is a new way to authenticate.";
    SecuritySchemeRemoved "way to authenticate removed" "{name} is no longer a way to authenticate.";
    SecuritySchemeChanged "way to authenticate is of another kind" "{name} is {new}, it was {old}.";
    SecuritySchemeDetailChanged "detail of a way to authenticate changed" "{name} is {new}, it was {old}.";
    BearerFormatChanged "format of a bearer token changed" "{name} is {new}, it was {old}.";
    ComponentAdded "component added" "The component {name} is new.";
    ComponentRemoved "component removed" "The component {name} is gone.";
    ComponentRenamed "component renamed" "The component {old} is called {new}.";
    // Operations.
    OperationAdded "operation added" "The operation {name} is new: {new}.";
    OperationRemoved "operation removed" "The operation {name} is gone: {old}.";
    OperationRenamed "operation renamed" "The operation {old} is called {new}.";
    OperationMoved "operation moved" "{name} is {new}, it was {old}.";
    PathAdded "path without operations added" "The path {new} is new.";
    PathRemoved "path without operations removed" "The path {old} is gone.";
    Deprecated "deprecated" "{name} is deprecated.";
    Undeprecated "no longer deprecated" "{name} is no longer deprecated.";
    CallbackChanged "callbacks changed" "What the service calls back changed: {name}.";
    // Parameters, and headers of answers.
    ParameterAdded "optional parameter added" "{name} is new.";
    RequiredParameterAdded "required parameter added" "{name} is new and has to be given.";
    ParameterRemoved "parameter removed" "{name} is gone.";
    ParameterRenamed "parameter renamed" "{name}: {old} is called {new}.";
    PathParameterRenamed "parameter of the path renamed" "{name}: {old} is called {new}.";
    ParameterMoved "parameter moved" "{name} goes into the {new}, it was the {old}.";
    ParameterRequired "parameter made required" "{name} has to be given.";
    ParameterOptional "parameter made optional" "{name} may be left out.";
    ParameterStyleChanged "parameter written in another way" "{name} is written as {new}, it was {old}.";
    HeaderAdded "header of an answer added" "{name} is new.";
    HeaderRemoved "header of an answer removed" "{name} is gone.";
    // Bodies and answers.
    RequestBodyAdded "optional request body added" "{name} may have a body.";
    RequiredRequestBodyAdded "required request body added" "{name} has to have a body.";
    RequestBodyRemoved "request body removed" "{name} has no body any more.";
    RequestBodyRequired "request body made required" "{name} has to have its body.";
    RequestBodyOptional "request body made optional" "{name} may be sent without its body.";
    ContentTypeAdded "content type added" "{name} may be {new}.";
    ContentTypeRemoved "content type removed" "{name} is no longer {old}.";
    ContentTypeChanged "content type changed" "{name} is {new}, it was {old}.";
    EncodingChanged "encoding of a body changed" "{name} is encoded in another way.";
    ResponseAdded "response added" "{name} is new.";
    ResponseRemoved "response removed" "{name} is gone.";
    StatusChanged "status of a response changed" "{name} has the status {new}, it was {old}.";
    LinkChanged "links of a response changed" "{name} has other links.";
    // Schemas.
    SchemaAdded "schema added" "{name} is new.";
    SchemaRemoved "schema removed" "{name} is gone.";
    SchemaRenamed "schema renamed" "{old} is called {new}.";
    SchemaInlined "schema written in place" "{old} is written in place where it is used.";
    SchemaNamed "schema given a name" "{new} is the name of what was written in place.";
    TypeChanged "type changed" "{name} is {new}, it was {old}.";
    FormatChanged "format changed" "{name} has the format {new}, it was {old}.";
    FormatRemoved "format removed" "{name} no longer has the format {old}.";
    TypedFormatChanged "format with a type of its own changed" "{name} has the format {new}, it was {old}.";
    TypedFormatRemoved "format with a type of its own removed" "{name} no longer has the format {old}.";
    FieldAdded "field added" "{name} is new.";
    RequiredFieldAdded "required field added" "{name} is new and has to be given.";
    FieldRemoved "field removed" "{name} is gone.";
    FieldRequired "field made required" "{name} has to be there.";
    FieldOptional "field made optional" "{name} may be left out.";
    PayloadKeyChanged "key of the payload changed" "{name}: the payload stands under {new}, it was {old}.";
    NullableAllowed "null allowed" "{name} may be null.";
    NullableForbidden "null no longer allowed" "{name} may not be null.";
    ReadOnlySet "made read-only" "{name} may no longer be sent.";
    ReadOnlyUnset "no longer read-only" "{name} may be sent.";
    WriteOnlySet "made write-only" "{name} no longer comes back.";
    WriteOnlyUnset "no longer write-only" "{name} comes back.";
    DefaultAdded "default told" "{name} is {new} where it is left out.";
    DefaultRemoved "default no longer told" "{name} was {old} where it is left out; this is told no longer.";
    DefaultChanged "default changed" "{name} is {new} where it is left out, it was {old}.";
    EnumValueAdded "value added" "{name} may be {new}.";
    EnumValueRemoved "value removed" "{name} may no longer be {old}.";
    EnumClosed "values limited to a list" "{name} may be {new} only.";
    EnumOpened "values no longer limited to a list" "{name} may be anything, it was one of {old}.";
    LimitAdded "limit added" "{name}: {new}.";
    LimitRemoved "limit removed" "{name}: no {old} any more.";
    LimitTightened "limit tightened" "{name}: {new}, it was {old}.";
    LimitLoosened "limit loosened" "{name}: {new}, it was {old}.";
    ExtraFieldsClosed "further fields limited" "{name} takes as further fields {new}, it was {old}.";
    ExtraFieldsOpened "further fields opened" "{name} takes as further fields {new}, it was {old}.";
    AlternativeAdded "alternative added" "{name} may be {new}.";
    AlternativeRemoved "alternative removed" "{name} may no longer be {old}.";
    CompositionChanged "way of composition changed" "{name} is {new}, it was {old}.";
    PartAdded "part added" "{name} has all of {new} too.";
    PartRemoved "part removed" "{name} no longer has what {old} has.";
    NotChanged "exclusion changed" "{name} excludes {new}, it was {old}.";
    NotRemoved "exclusion removed" "{name} no longer excludes {old}.";
    DiscriminatorChanged "discriminator changed" "{name} is told apart by {new}, it was {old}.";
    XmlChanged "form in XML changed" "{name} is written otherwise in XML.";
    // Codes.
    ResultCodeAdded "result code added" "{name} is new: {new}";
    ResultCodeRemoved "result code removed" "{name} is gone: {old}";
    ResultCodeReworded "result code reworded" "{name} is worded anew.";
    ResultCodeChanged "result code has another meaning" "{name}: {new}, it was {old}.";
    // Texts, and what nothing else is.
    DescriptionChanged "description changed" "{name} is described anew.";
    SummaryChanged "summary changed" "{name} is summed up anew.";
    TitleChanged "title changed" "{name} has the title {new}, it was {old}.";
    ExampleChanged "example changed" "{name} has other examples.";
    ExternalDocsChanged "link to documentation changed" "{name} has another link to its documentation.";
    ExtensionChanged "extension changed" "{name} changed.";
    Other "changed in a way that is not known" "{name} changed in a way that has to be looked at.";
}

impl Kind {
    /// Whether old and new are running texts.
    pub(super) fn is_prose(self) -> bool {
        matches!(self, Self::DescriptionChanged | Self::SummaryChanged | Self::ResultCodeReworded)
    }
}

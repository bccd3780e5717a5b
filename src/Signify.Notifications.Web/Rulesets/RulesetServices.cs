namespace Signify.Notifications.Web.Rulesets;

public static class RulesetServices
{
    public static void AddRulesets(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<CurrentRuleset>();
    }
}

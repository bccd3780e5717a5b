namespace Signify.Notifications.Access.Passwords;

/// <summary>
/// What the most used passwords consist of, in English, German and on the keyboard: words, names and sequences that people pad with digits
/// and signs. Words of everyday sentences are not among them, so that several words in a row stay good.
/// </summary>
internal static class CommonWords
{
    private static readonly char[] Blanks = [' ', '\n', '\r'];

    /// <summary>In lower case, without digits in the place of letters, longest first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. """
        password passwort passwd passphrase pass pwd kennwort motdepasse contrasena senha wachtwoord haslo parola
        admin administrator root superuser sysadmin operator manager guest gast user username benutzer login logon signin default
        welcome willkommen bienvenue hello hallo letmein openup opensesame sesame changeme change neues newpass temporary temp test testing
        tester demo sample example secret geheim geheimnis private security secure access master mastermind system server computer
        internet network windows microsoft office outlook exchange azure google facebook instagram linkedin twitter youtube whatsapp
        amazon netflix spotify apple iphone android samsung nokia sony playstation nintendo xbox minecraft fortnite pokemon mario
        qwertyuiop qwertzuiop qwerty qwertz azerty asdfghjkl asdfgh asdf zxcvbnm zxcvbn yxcvbnm yxcvbn qazwsxedc qazwsx wsxedc qweasdzxc
        qweasd qwe asd zxc poiuytrewq lkjhgfdsa mnbvcxz abcdefghijklmnopqrstuvwxyz abcdefghijkl abcdefgh abcdef abcd abc xyz
        iloveyou ilovey ichliebedich iloveu loveyou lovely lover love liebe schatz schatzi babygirl baby honey sweetheart sweety darling angel
        princess prinzessin prince queen superman superstar batman spiderman ironman wonderwoman starwars skywalker darthvader matrix
        pokemon naruto dragonball dragon dragons monkey tiger lion panther eagle falcon wolf shadow ninja samurai warrior hunter killer
        sunshine sonnenschein summer sommer winter spring fruehling fruhling autumn herbst january february march april june july august september
        october november december januar februar maerz marz juni juli oktober dezember monday tuesday wednesday thursday friday saturday sunday
        montag dienstag mittwoch donnerstag freitag samstag sonntag christmas weihnachten easter ostern birthday geburtstag
        football fussball soccer baseball basketball hockey tennis golf rugby cricket chelsea arsenal liverpool manchester barcelona
        realmadrid juventus bayern dortmund schalke yankees cowboys steelers lakers ferrari porsche mercedes bmw audi toyota honda
        corvette mustang camaro harley yamaha
        michael michelle jennifer jessica jordan thomas daniel andrew anthony charlie george joshua matthew robert william james david
        john alexander alexandra andreas andrea stefan stefanie christian christina markus martin sebastian nicole sabine sandra julia
        sarah laura lisa anna maria marie sophie emma hannah ashley amanda samantha elizabeth victoria nicholas patrick peter richard
        maggie buster ginger pepper jasmine tigger snoopy bailey cookie cheese banana chocolate pumpkin peanut butterfly flower rainbow
        purple orange silver golden diamond whatever trustno starwars freedom liberty forever together friends family familie mother father
        blessed blessing jesus christ heaven god america canada germany deutschland london berlin paris newyork england france italia
        espana brasil mexico texas california australia
        company firma business corporate corporation accounting payroll personal employee mitarbeiter human resources hrteam office support
        helpdesk service services sales marketing finance notification notifications mailbox email mail relay
        letmein access trustno monkey hockey ranger phoenix thunder lightning blaster rocket cosmos galaxy jackson hendrix metallica
        nirvana slipknot eminem beatles queen hello world helloworld foobar lorem ipsum blink fuckyou fucker fuck shit bitch asshole
        biteme sexy porn pussy hotmail gmail yahoo aol
        """.Split(Blanks, StringSplitOptions.RemoveEmptyEntries).Distinct().OrderByDescending(w => w.Length)];

    /// <summary>Sequences of digits and signs, and keyboard walks that mix them with letters. Longest first.</summary>
    public static IReadOnlyList<string> Sequences { get; } = [.. """
        01234567890 1234567890 0987654321 123456789 987654321 12345678 87654321 1234567 7654321 123456 654321 12345 54321 1234 4321 123
        321 112233 121212 123123 123321 696969 159753 147258369 147258 258369 102030 11223344 13579 24680 2468
        1q2w3e4r5t 1q2w3e4r 1q2w3e q1w2e3r4 1qaz2wsx3edc 1qaz2wsx zaq12wsx zaq1 1qaz 2wsx 3edc qwe123 asd123 abc123 a1b2c3d4 a1b2c3
        a1s2d3f4 aa123456 !qaz@wsx !@#$%^&* !@#$%^ !@#$ !"§$%&
        """.Split(Blanks, StringSplitOptions.RemoveEmptyEntries).Distinct().OrderByDescending(w => w.Length)];
}
